-- Processes that follow a stage in the journal, and how far a comparison has come.

create table cm_presence (
    project      varchar(512) not null,
    process      varchar(160) not null,
    report       varchar(160) not null,
    reported_at  bigint       not null,
    primary key (project, process)
);

create table cm_validation (
    project      varchar(512) not null primary key,
    id           varchar(64)  not null,
    scope        text         not null,
    state        text         not null,
    started_at   bigint       not null,
    updated_at   bigint       not null
);
