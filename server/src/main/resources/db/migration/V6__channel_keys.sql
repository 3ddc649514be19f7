-- Keys and certificates by which a channel's mail is checked and opened (S/MIME, OpenPGP).
create table channel_key (
  id text not null primary key,
  channel_id text not null,
  standard text not null,
  purpose text not null,
  subject text not null,
  addresses_json text not null,
  fingerprint text not null,
  valid_from_at bigint,
  valid_until_at bigint,
  added_at bigint not null,
  public_part ${blob} not null,
  secret_sealed ${blob},
  unique (channel_id, purpose, fingerprint)
);
