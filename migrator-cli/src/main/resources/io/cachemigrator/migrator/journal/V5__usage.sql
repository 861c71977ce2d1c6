-- Legacy call sites that processes have seen, for the status of a project whose stage is in the journal.

create table cm_usage (
    project      varchar(512) not null,
    process      varchar(160) not null,
    sites        text         not null,
    reported_at  bigint       not null,
    primary key (project, process)
);
