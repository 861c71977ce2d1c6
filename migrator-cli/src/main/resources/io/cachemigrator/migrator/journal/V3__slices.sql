-- How a copy is shared by workers of several processes, and what was changed on a server for its sake.

alter table cm_checkpoint add column handed_out integer not null default 0;
alter table cm_checkpoint add column next_slice bigint not null default 0;
update cm_checkpoint set handed_out = done;

create table cm_slice (
    run_id       varchar(64)  not null references cm_run (run_id),
    part         varchar(64)  not null,
    number       bigint       not null,
    entry_keys   text         not null,
    owner        varchar(64),
    fence        bigint       not null,
    primary key (run_id, part, number)
);

create table cm_worker (
    run_id       varchar(64)  not null references cm_run (run_id),
    owner        varchar(64)  not null,
    keys_per_second double precision not null,
    reason       text         not null,
    updated_at   bigint       not null,
    primary key (run_id, owner)
);

create table cm_setting (
    run_id       varchar(64)  not null references cm_run (run_id),
    server       varchar(255) not null,
    name         varchar(128) not null,
    before_value text         not null,
    set_value    text         not null,
    primary key (run_id, server, name)
);
