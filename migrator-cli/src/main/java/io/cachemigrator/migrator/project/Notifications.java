package io.cachemigrator.migrator.project;

/** What may be done with the keyspace notifications of a legacy Redis server. */
public enum Notifications {
    /** They are listened to where the server sends them already. */
    USE,
    /** They are switched on for the time of a run where the server does not send them, and then set back. */
    ENABLE,
    /** They are not listened to. */
    OFF
}
