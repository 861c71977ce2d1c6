-- How a run in progress is steered from outside, and how fast it is.

create table cm_control (
    run_id       varchar(64)  not null primary key references cm_run (run_id),
    paused       integer      not null,
    rate         integer,
    threads      integer,
    updated_at   bigint       not null
);

create table cm_pace (
    run_id       varchar(64)  not null primary key references cm_run (run_id),
    keys_per_second double precision not null,
    seconds_left double precision not null,
    reason       text         not null,
    updated_at   bigint       not null
);
