-- An id may be known to several conversations: many strangers answer one newsletter. A provider's thread is such an id too.
create table known_message_id_now (
  channel_id text not null,
  message_id text not null,
  conversation_id text not null,
  held boolean not null,
  primary key (channel_id, message_id, conversation_id)
);
insert into known_message_id_now (channel_id, message_id, conversation_id, held)
  select channel_id, message_id, conversation_id, held from known_message_id;
drop table known_message_id;
alter table known_message_id_now rename to known_message_id;
create index known_message_id_by_conversation on known_message_id (conversation_id);

-- Where a merged conversation went, and which one a conversation follows that was closed too long ago.
alter table conversation add column merged_into text;
-- How the other stood before the merge, where that changed it.
alter table conversation add column merged_state text;
alter table conversation add column follows_id text;
alter table conversation add column closed_at bigint;
-- Whether somebody worked on it: only others may be joined by a mail that shows that they belong together.
alter table conversation add column settled boolean not null default false;
update conversation set settled = true where state <> 'new';
update conversation set closed_at = updated_at where state = 'closed';
create index conversation_by_merge on conversation (merged_into) where merged_into is not null;
create index conversation_by_followed on conversation (follows_id) where follows_id is not null;

-- The conversation that a message was in before that one was merged.
alter table message add column merged_from text;

-- What the mailbox's provider calls the message's thread.
alter table inbound add column provider_thread text;
