-- Times are milliseconds since 1970 UTC, but for db-scheduler's own table. JSON stands in text columns.

create table setting (
  name text not null primary key,
  value text not null
);

create table counter (
  name text not null primary key,
  value bigint not null
);
insert into counter (name, value) values ('conversation', 1000);
insert into counter (name, value) values ('event', 0);

create table row_lock (
  name text not null primary key
);

create table secret (
  id text not null primary key,
  purpose text not null,
  sealed ${blob} not null,
  updated_at bigint not null
);

create table oauth_token (
  channel_id text not null primary key,
  refresh_sealed ${blob},
  access_sealed ${blob},
  access_expires_at bigint,
  scopes text not null,
  signed_in_user text,
  granted_at bigint,
  refreshed_at bigint,
  problem text,
  version bigint not null
);

create table oauth_state (
  state_hash text not null primary key,
  channel_id text not null,
  person_id text,
  verifier_sealed ${blob} not null,
  redirect_uri text not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);

create table channel (
  id text not null primary key,
  name text not null unique,
  address text not null,
  enabled boolean not null,
  settings text not null,
  created_at bigint not null,
  updated_at bigint not null,
  version bigint not null
);

create table channel_state (
  channel_id text not null primary key,
  status text not null,
  since_at bigint not null,
  proven_at bigint,
  throttled_until_at bigint,
  problem text,
  attempts integer not null,
  imported bigint not null,
  duplicates bigint not null,
  quarantined bigint not null
);

create table channel_cursor (
  channel_id text not null,
  folder text not null,
  cursor text not null,
  updated_at bigint not null,
  primary key (channel_id, folder)
);

create table inbound (
  id text not null primary key,
  channel_id text not null,
  source_id text not null,
  sha256 text not null,
  size bigint not null,
  internal_at bigint,
  stored_at bigint not null,
  routed boolean not null,
  state text not null,
  tries integer not null,
  problem text,
  message_id text,
  after_import text not null,
  unique (channel_id, source_id)
);
create index inbound_by_state on inbound (channel_id, state, id);
create index inbound_by_action on inbound (channel_id, after_import, id);
create index inbound_by_sha256 on inbound (sha256);

create table contact (
  id text not null primary key,
  address text not null unique,
  name text not null,
  created_at bigint not null
);

create table conversation (
  id text not null primary key,
  number bigint not null unique,
  subject text not null,
  state text not null,
  channel_id text not null,
  queue text,
  assignee_id text,
  contact_id text,
  preview text not null,
  last_direction text not null,
  messages integer not null,
  created_at bigint not null,
  updated_at bigint not null,
  version bigint not null
);
create index conversation_by_update on conversation (updated_at, id);
create index conversation_by_state on conversation (state, updated_at, id);
create index conversation_by_channel on conversation (channel_id, updated_at, id);
create index conversation_by_contact on conversation (contact_id, updated_at);

create table message (
  id text not null primary key,
  conversation_id text not null,
  channel_id text not null,
  direction text not null,
  kind text not null,
  message_id text not null,
  in_reply_to text not null,
  reference_ids text not null,
  date_at bigint not null,
  stored_at bigint not null,
  from_name text not null,
  from_address text not null,
  sender_json text not null,
  subject text not null,
  text_body text not null,
  new_text text not null,
  html text,
  attachments_json text not null,
  problems_json text not null,
  automatic_why text,
  may_answer boolean not null,
  threaded_because text,
  author_id text,
  sha256 text not null,
  size bigint not null
);
create index message_by_conversation on message (conversation_id, date_at, id);

-- Which conversation a Message-ID belongs to: of messages we hold, and of those only named in References.
create table known_message_id (
  channel_id text not null,
  message_id text not null,
  conversation_id text not null,
  held boolean not null,
  primary key (channel_id, message_id)
);

create table participant (
  conversation_id text not null,
  address text not null,
  primary key (conversation_id, address)
);

create table outgoing (
  id text not null primary key,
  channel_id text not null,
  conversation_id text not null,
  message_id text not null,
  envelope_from text not null,
  recipients_json text not null,
  sha256 text not null,
  size bigint not null,
  state text not null,
  tries integer not null,
  last_reply text,
  next_try_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  version bigint not null
);
create index outgoing_by_state on outgoing (state, next_try_at);
create index outgoing_by_message on outgoing (message_id);
create index outgoing_by_channel on outgoing (channel_id, state);

create table event (
  seq bigint not null primary key,
  id text not null,
  type text not null,
  subject text not null,
  time_at bigint not null,
  data_json text not null
);

create table person (
  id text not null primary key,
  email text not null unique,
  name text not null,
  password_hash text not null,
  role text not null,
  enabled boolean not null,
  created_at bigint not null
);

create table api_key (
  id text not null primary key,
  name text not null,
  key_hash text not null unique,
  role text not null,
  created_at bigint not null,
  used_at bigint
);

create table idempotency (
  key text not null primary key,
  request_hash text not null,
  status integer not null,
  response text not null,
  created_at bigint not null
);

create table scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data ${blob},
  execution_time ${timestamp},
  picked boolean not null,
  picked_by text,
  last_success ${timestamp},
  last_failure ${timestamp},
  consecutive_failures integer,
  last_heartbeat ${timestamp},
  version bigint not null,
  priority smallint,
  state text,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_by_time on scheduled_tasks (execution_time);
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat);
