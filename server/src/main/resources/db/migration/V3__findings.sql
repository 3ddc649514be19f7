-- What a delivery report says, and what else was found in a message.
alter table message add column bounce_json text;
alter table message add column findings_json text not null default '{"preview":"","invitations":[],"trackers":[]}';
