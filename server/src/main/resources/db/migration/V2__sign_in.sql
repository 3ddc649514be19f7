-- A pause that the identity server asked for, and why.
alter table oauth_token add column not_before_at bigint;
alter table oauth_token add column waiting text;

-- A reconnect link's sign-in: no person of ours stands behind it, and who signs in is known beforehand.
alter table oauth_state add column link_hash text;
alter table oauth_state add column expected_user text;

-- A sign-in on another device that waits (RFC 8628); one per channel.
create table oauth_device (
  channel_id text not null primary key,
  device_code_sealed ${blob} not null,
  user_code text not null,
  verification_uri text not null,
  interval_seconds integer not null,
  state text not null,
  problem text,
  signed_in_user text,
  created_at bigint not null,
  expires_at bigint not null,
  next_poll_at bigint not null
);

-- What a channel changes to once it is proven to work; the channel goes on as it is meanwhile.
create table channel_next (
  channel_id text not null primary key,
  settings text not null,
  report text,
  created_at bigint not null,
  tested_at bigint,
  version bigint not null
);

-- Which warnings of a secret's or certificate's end were given.
create table credential_warning (
  channel_id text not null,
  kind text not null,
  expires_at bigint not null,
  days integer not null,
  warned_at bigint not null,
  primary key (channel_id, kind, expires_at, days)
);

-- Links by which a mailbox's owner reconnects without an account here.
create table reconnect_link (
  link_hash text not null primary key,
  channel_id text not null,
  expected_user text not null,
  created_by text,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index reconnect_link_by_channel on reconnect_link (channel_id);
