"""The tables as they were first made; what changed since is in later migrations."""

from __future__ import annotations

_EVIDENCE = (
    """
    CREATE TABLE source (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        connector TEXT NOT NULL,
        cursor TEXT,
        gap TEXT NOT NULL DEFAULT '',
        synced_at TEXT,
        failed_at TEXT,
        failure TEXT NOT NULL DEFAULT '',
        lease_holder TEXT,
        lease_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE batch (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES source(id),
        label TEXT NOT NULL,
        started_at TEXT NOT NULL,
        finished_at TEXT,
        new INTEGER NOT NULL DEFAULT 0,
        changed INTEGER NOT NULL DEFAULT 0,
        same INTEGER NOT NULL DEFAULT 0,
        quarantined INTEGER NOT NULL DEFAULT 0,
        taken_back_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE customer (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL DEFAULT '',
        email TEXT NOT NULL DEFAULT '',
        company TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE feedback (
        id INTEGER PRIMARY KEY,
        number INTEGER NOT NULL UNIQUE,
        source_id INTEGER NOT NULL REFERENCES source(id),
        external_id TEXT NOT NULL,
        channel TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        words TEXT,
        customer_id INTEGER REFERENCES customer(id),
        author TEXT NOT NULL,
        email TEXT NOT NULL,
        company TEXT NOT NULL,
        rating REAL,
        scale TEXT NOT NULL,
        metric TEXT NOT NULL,
        language TEXT NOT NULL,
        app_version TEXT NOT NULL,
        url TEXT NOT NULL,
        thread TEXT NOT NULL,
        context TEXT NOT NULL,
        received_at TEXT NOT NULL,
        edited_at TEXT,
        hash BLOB NOT NULL,
        batch_id INTEGER NOT NULL REFERENCES batch(id),
        UNIQUE (source_id, external_id)
    ) STRICT
    """,
    "CREATE INDEX feedback_batch ON feedback(batch_id)",
    "CREATE INDEX feedback_customer ON feedback(customer_id)",
    """
    CREATE TABLE raw (
        feedback_id INTEGER PRIMARY KEY REFERENCES feedback(id) ON DELETE CASCADE,
        encoding TEXT NOT NULL CHECK (encoding IN ('plain', 'zlib')),
        bytes BLOB NOT NULL
    ) STRICT
    """,
    # What a feedback said before its source changed it.
    """
    CREATE TABLE revision (
        id INTEGER PRIMARY KEY,
        feedback_id INTEGER NOT NULL REFERENCES feedback(id) ON DELETE CASCADE,
        batch_id INTEGER NOT NULL REFERENCES batch(id),
        before TEXT NOT NULL,
        encoding TEXT NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX revision_feedback ON revision(feedback_id)",
    "CREATE INDEX revision_batch ON revision(batch_id)",
)

_DECISIONS = (
    """
    CREATE TABLE disposition (
        feedback_id INTEGER PRIMARY KEY REFERENCES feedback(id),
        state TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '',
        until TEXT
    ) STRICT
    """,
    "CREATE INDEX disposition_until ON disposition(until) WHERE state = 'snoozed'",
    """
    CREATE TABLE ruling (
        id INTEGER PRIMARY KEY,
        left_id INTEGER NOT NULL REFERENCES feedback(id),
        right_id INTEGER NOT NULL REFERENCES feedback(id),
        verdict TEXT NOT NULL,
        UNIQUE (left_id, right_id)
    ) STRICT
    """,
    "CREATE INDEX ruling_right ON ruling(right_id)",
    """
    CREATE TABLE pain_point (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        statement TEXT NOT NULL DEFAULT '',
        status TEXT NOT NULL DEFAULT 'open',
        severity INTEGER,
        priority INTEGER NOT NULL DEFAULT 0,
        effort REAL,
        confidence REAL,
        reach REAL,
        impact REAL,
        moscow TEXT NOT NULL DEFAULT '',
        persona TEXT NOT NULL DEFAULT '',
        owner TEXT NOT NULL DEFAULT '',
        story TEXT NOT NULL DEFAULT '',
        acceptance TEXT NOT NULL DEFAULT '',
        tags TEXT NOT NULL DEFAULT '[]',
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE evidence (
        id INTEGER PRIMARY KEY,
        pain_point_id INTEGER NOT NULL REFERENCES pain_point(id),
        feedback_id INTEGER NOT NULL REFERENCES feedback(id),
        quote TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        importance INTEGER NOT NULL DEFAULT 1,
        observed INTEGER NOT NULL DEFAULT 1,
        at TEXT NOT NULL,
        by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX evidence_pain_point ON evidence(pain_point_id)",
    "CREATE INDEX evidence_feedback ON evidence(feedback_id)",
    """
    CREATE TABLE roadmap_item (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        horizon TEXT NOT NULL DEFAULT 'later',
        status TEXT NOT NULL DEFAULT 'planned',
        tracker TEXT NOT NULL DEFAULT '',
        key TEXT NOT NULL DEFAULT '',
        url TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE roadmap_link (
        id INTEGER PRIMARY KEY,
        pain_point_id INTEGER NOT NULL REFERENCES pain_point(id),
        roadmap_item_id INTEGER NOT NULL REFERENCES roadmap_item(id),
        extent TEXT NOT NULL DEFAULT 'full',
        UNIQUE (pain_point_id, roadmap_item_id)
    ) STRICT
    """,
    "CREATE INDEX roadmap_link_item ON roadmap_link(roadmap_item_id)",
)

_JOURNAL = (
    """
    CREATE TABLE step (
        id INTEGER PRIMARY KEY,
        verb TEXT NOT NULL,
        label TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'abandoned')),
        undone_at TEXT
    ) STRICT
    """,
    "CREATE INDEX step_state ON step(state, id)",
    """
    CREATE TABLE change (
        step_id INTEGER NOT NULL REFERENCES step(id),
        position INTEGER NOT NULL,
        table_name TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        before TEXT,
        after TEXT,
        PRIMARY KEY (step_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX change_row ON change(table_name, row_id)",
    # Ids of rows people make are handed out once and never again.
    "CREATE TABLE counter (name TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT",
)

_DERIVED = (
    # Scripts written without spaces are searched by character pairs (``words``).
    """
    CREATE VIEW feedback_words AS
    SELECT id,
           CASE WHEN words IS NULL THEN title ELSE '' END AS title,
           coalesce(words, body) AS body
    FROM feedback
    """,
    """
    CREATE VIRTUAL TABLE feedback_fts USING fts5(
        title, body, content='feedback_words', content_rowid='id',
        tokenize="unicode61 remove_diacritics 2"
    )
    """,
    """
    CREATE TRIGGER feedback_added AFTER INSERT ON feedback BEGIN
        INSERT INTO feedback_fts(rowid, title, body) VALUES (
            new.id, CASE WHEN new.words IS NULL THEN new.title ELSE '' END,
            coalesce(new.words, new.body));
    END
    """,
    """
    CREATE TRIGGER feedback_gone AFTER DELETE ON feedback BEGIN
        INSERT INTO feedback_fts(feedback_fts, rowid, title, body) VALUES (
            'delete', old.id, CASE WHEN old.words IS NULL THEN old.title ELSE '' END,
            coalesce(old.words, old.body));
    END
    """,
    """
    CREATE TRIGGER feedback_edited AFTER UPDATE OF title, body, words ON feedback BEGIN
        INSERT INTO feedback_fts(feedback_fts, rowid, title, body) VALUES (
            'delete', old.id, CASE WHEN old.words IS NULL THEN old.title ELSE '' END,
            coalesce(old.words, old.body));
        INSERT INTO feedback_fts(rowid, title, body) VALUES (
            new.id, CASE WHEN new.words IS NULL THEN new.title ELSE '' END,
            coalesce(new.words, new.body));
    END
    """,
    # Stored, but not yet compared with the rest.
    """
    CREATE TABLE pending (
        number INTEGER PRIMARY KEY
    ) STRICT
    """,
    """
    CREATE TABLE normal (
        number INTEGER PRIMARY KEY,
        feedback_id INTEGER NOT NULL UNIQUE,
        fingerprint INTEGER NOT NULL,
        text TEXT NOT NULL,
        words BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX normal_fingerprint ON normal(fingerprint)",
    # In how many texts a sentence is, by its fingerprint: a form's is in many.
    "CREATE TABLE sentence (id INTEGER PRIMARY KEY, df INTEGER NOT NULL) STRICT",
    # The last number grouped before what is pending came; while there is a row, what
    # came after it may still come together.
    "CREATE TABLE unseen (since INTEGER NOT NULL) STRICT",
    # What each text's rare words tell, a byte a text, by number.
    "CREATE TABLE mass (page INTEGER PRIMARY KEY, codes BLOB NOT NULL) STRICT",
    """
    CREATE TABLE term (
        id INTEGER PRIMARY KEY,
        df INTEGER NOT NULL,
        postings BLOB
    ) STRICT
    """,
    """
    CREATE TABLE match (
        left_id INTEGER NOT NULL,
        right_id INTEGER NOT NULL,
        score REAL NOT NULL,
        sameness REAL NOT NULL,
        PRIMARY KEY (left_id, right_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX match_right ON match(right_id)",
    # Only feedback that shares a group has a row; alone, its group is its own id.
    """
    CREATE TABLE membership (
        feedback_id INTEGER PRIMARY KEY,
        machine_id INTEGER NOT NULL,
        group_id INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX membership_group ON membership(group_id)",
    "CREATE INDEX membership_machine ON membership(machine_id)",
    # One row per group and state, standing at the group's newest member there.
    """
    CREATE TABLE queue (
        state TEXT NOT NULL,
        head_id INTEGER NOT NULL,
        group_id INTEGER NOT NULL,
        items INTEGER NOT NULL,
        total INTEGER NOT NULL,
        people INTEGER NOT NULL,
        sources INTEGER NOT NULL,
        PRIMARY KEY (state, head_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX queue_group ON queue(group_id)",
    # How many rows each state has, kept by triggers: a sidebar never counts.
    "CREATE TABLE tally (state TEXT PRIMARY KEY, rows INTEGER NOT NULL) STRICT",
    """
    CREATE TRIGGER queue_added AFTER INSERT ON queue BEGIN
        INSERT INTO tally VALUES (new.state, 1)
        ON CONFLICT (state) DO UPDATE SET rows = rows + 1;
    END
    """,
    """
    CREATE TRIGGER queue_gone AFTER DELETE ON queue BEGIN
        UPDATE tally SET rows = rows - 1 WHERE state = old.state;
    END
    """,
)

STATEMENTS = (*_EVIDENCE, *_DECISIONS, *_JOURNAL, *_DERIVED)
