-- The journal of migrations. Times are milliseconds since the epoch; JSON is kept as text.
-- Written so that SQLite and PostgreSQL both take it.

create table cm_run (
    run_id       varchar(64)  not null primary key,
    project      text         not null,
    target       text         not null,
    plan_sha256  varchar(64)  not null,
    plan         text         not null,
    state        varchar(32)  not null,
    outcome      varchar(32),
    detail       text         not null,
    started_at   bigint       not null,
    ended_at     bigint
);

create table cm_step (
    run_id       varchar(64)  not null references cm_run (run_id),
    ordinal      integer      not null,
    name         varchar(64)  not null,
    state        varchar(32)  not null,
    detail       text         not null,
    started_at   bigint,
    duration_ms  bigint       not null,
    primary key (run_id, ordinal)
);

create table cm_checkpoint (
    run_id       varchar(64)  not null references cm_run (run_id),
    slice        varchar(255) not null,
    position     varchar(64)  not null,
    server       varchar(64)  not null,
    counts       text         not null,
    done         integer      not null,
    updated_at   bigint       not null,
    primary key (run_id, slice)
);

create table cm_quarantine (
    run_id       varchar(64)  not null references cm_run (run_id),
    entry_key    text         not null,
    key_space    varchar(128) not null,
    reason       varchar(64)  not null,
    detail       text         not null,
    primary key (run_id, entry_key)
);

create table cm_file_change (
    run_id       varchar(64)  not null references cm_run (run_id),
    path         text         not null,
    kind         varchar(16)  not null,
    before_sha   varchar(64)  not null,
    after_sha    varchar(64)  not null,
    primary key (run_id, path)
);

create table cm_overwritten (
    run_id       varchar(64)  not null references cm_run (run_id),
    region       varchar(64)  not null,
    id           text         not null,
    backup_sha   varchar(64)  not null,
    primary key (run_id, region, id)
);

create table cm_lock (
    name         varchar(512) not null primary key,
    owner        varchar(64)  not null,
    holder       text         not null,
    fence        bigint       not null,
    lease_until  bigint       not null
);

create table cm_stage (
    project      varchar(512) not null primary key,
    name         varchar(32)  not null,
    percent      integer      not null,
    since        bigint       not null
);
