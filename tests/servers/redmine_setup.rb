# Fills an empty Redmine: its tables, the usual statuses, one project, two people.
ActiveRecord::Migration.verbose = false
ActiveRecord::MigrationContext.new(File.join(Rails.root, 'db', 'migrate'),
                                   ActiveRecord::SchemaMigration).migrate
ActiveRecord::Base.descendants.each(&:reset_column_information)
Redmine::DefaultData::Loader.load('en')
Setting.rest_api_enabled = '1'
Setting.login_required = '0'
Setting.notified_events = []
Setting.text_formatting = 'markdown'
admin = User.find_by_login('admin')
admin.update_columns(must_change_passwd: false)
project = Project.create!(name: 'Product', identifier: 'product',
                          trackers: Tracker.all, enabled_module_names: %w[issue_tracking])
IssueStatus.create!(name: 'Waiting for legal', is_closed: false)
# Whoever administers may set every status from every other; reporters none.
manager = Role.givable.find_by_name('Manager')
IssueStatus.all.to_a.permutation(2) do |from, to|
  Tracker.all.each do |tracker|
    WorkflowTransition.create(tracker: tracker, role: manager, old_status: from, new_status: to)
  end
end
triage = User.new(firstname: 'Triage', lastname: 'Robot', mail: 'triage@product.example')
triage.login = 'triage'
triage.password = triage.password_confirmation = 'not-for-anybody-8'
triage.save!
role = Role.givable.find_by_name('Reporter')
role.add_permission!(:view_issues, :add_issues, :add_issue_notes)
Member.create!(project: project, principal: triage, roles: [role])
puts({ admin: admin.api_key, triage: triage.api_key }.to_json)
