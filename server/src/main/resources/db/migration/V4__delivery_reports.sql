-- What came back about messages of ours: delivery reports, read receipts, complaints; one row per recipient named.
create table delivery_report (
  id text not null primary key,
  message_id text not null,
  report_id text not null,
  address text not null,
  action text not null,
  status text,
  code text,
  diagnostic text,
  permanent boolean not null,
  reason text,
  reported_at bigint not null
);
create index delivery_report_by_message on delivery_report (message_id, reported_at);
create index message_sent on message (message_id) where direction = 'out';

-- What is known of a contact's address: whether mail reaches it, whether it complained, when it wrote last.
alter table contact add column invalid_at bigint;
alter table contact add column invalid_reason text;
alter table contact add column invalid_status text;
alter table contact add column invalid_message text;
alter table contact add column soft_bounces integer not null default 0;
alter table contact add column active_at bigint;
alter table contact add column complained_at bigint;
alter table contact add column complaint_type text;
alter table contact add column complaint_message text;

-- Since when an answer of this conversation is known not to have arrived, and nobody has seen to it.
alter table conversation add column undelivered_at bigint;
create index conversation_by_undelivered on conversation (undelivered_at) where undelivered_at is not null;

-- Senders whose remote pictures are always shown.
create table picture_sender (
  address text not null primary key,
  person_id text,
  created_at bigint not null
);
