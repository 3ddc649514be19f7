create table probe (id text primary key, raw ${blob}, big_at bigint, flag boolean);
