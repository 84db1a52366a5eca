# Fills an empty Request Tracker: two queues, two custom fields, three accounts.
# Prints their tokens as JSON; RT_SITE_CONFIG says which one.
use strict;
use warnings;
use lib '/usr/share/request-tracker5/lib';
use RT;
use JSON;

RT->LoadConfig;
RT->Init;
my $system = RT->SystemUser;

sub made {
    my ($kind, %fields) = @_;
    my $object = "RT::$kind"->new($system);
    my ($ok, $why) = $object->Create(%fields);
    die "$kind: $why" unless $ok;
    return $object;
}

my $feedback = made('Queue', Name => 'Feedback', CorrespondAddress => 'feedback@product.example');
my $legal = made('Queue', Name => 'Legal');
my $everyone = RT::Group->new($system);
$everyone->LoadSystemInternalGroup('Everyone');
for my $queue ($feedback, $legal) {
    $everyone->PrincipalObj->GrantRight(Object => $queue, Right => $_) for qw(CreateTicket ReplyToTicket);
}

my $severity = made('CustomField', Name => 'Severity', Type => 'SelectSingle', LookupType => 'RT::Queue-RT::Ticket');
$severity->AddValue(Name => $_) for qw(low high);
my $theme = made('CustomField', Name => 'Theme', Type => 'FreeformMultiple', LookupType => 'RT::Queue-RT::Ticket');
$_->AddToObject($feedback) for $severity, $theme;

# Whoever writes here lives far from UTC: what is asked by time is read in that zone.
my @accounts = (
    ['agent', 'America/New_York', qw(SeeQueue ShowTicket ReplyToTicket CommentOnTicket ModifyTicket ModifyCustomField SetInitialCustomField SeeCustomField CreateTicket)],
    ['triage', 'Pacific/Kiritimati', qw(SeeQueue ShowTicket SeeCustomField)],
    ['webform', 'UTC', qw(SeeQueue CreateTicket SeeCustomField SetInitialCustomField)],
);
my %tokens;
for my $account (@accounts) {
    my ($name, $zone, @rights) = @$account;
    my $user = made('User', Name => $name, EmailAddress => "$name\@product.example", Privileged => 1, Timezone => $zone);
    for my $right (@rights) {
        $user->PrincipalObj->GrantRight(Object => $feedback, Right => $right);
    }
    $user->PrincipalObj->GrantRight(Object => RT->System, Right => 'ManageAuthTokens');
}
for my $name (qw(root agent triage webform)) {
    my $owner = RT::CurrentUser->new($system);
    $owner->Load($name);
    my ($ok, $why, $token) = RT::AuthToken->new($owner)->Create(Owner => $owner->Id, Description => 'tests');
    die "token of $name: $why" unless $ok;
    $tokens{$name} = $token;
}
print JSON::to_json(\%tokens), "\n";
