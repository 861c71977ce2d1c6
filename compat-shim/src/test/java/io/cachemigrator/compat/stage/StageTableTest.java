package io.cachemigrator.compat.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage in the journal's tables, in a real database file. */
@Tag("SHM-3")
class StageTableTest {
    @TempDir
    Path folder;

    private String url;

    @BeforeEach
    void makeTables() throws SQLException {
        url = "jdbc:sqlite:" + folder.resolve("journal.db");
        execute("create table cm_stage (project varchar(512) not null primary key, name varchar(32) not null,"
                + " percent integer not null, since bigint not null)");
        execute("create table cm_presence (project varchar(512) not null, process varchar(160) not null,"
                + " report varchar(160) not null, reported_at bigint not null, primary key (project, process))");
        execute("create table cm_usage (project varchar(512) not null, process varchar(160) not null,"
                + " sites text not null, reported_at bigint not null, primary key (project, process))");
    }

    @Test
    @Tag("SHM-2")
    void usage_isOfEachProcessAndGoesAfterThirtyDays() throws SQLException {
        long old = System.currentTimeMillis() - StagePlace.USAGE_LIFE.toMillis() - 1;
        execute("insert into cm_usage values ('name:shop', '1@a', 'long ago', " + old + ")");
        try (StagePlace place = StageSources.table(url, "shop");
                StagePlace other = StageSources.table(url, "other")) {
            place.reportUsage("2@b", "first");
            place.reportUsage("2@b", "second");
            place.reportUsage("3@c", "third");
            assertThat(place.usage()).containsExactlyInAnyOrder("second", "third");
            assertThat(other.usage()).isEmpty();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private StageSource source(String project) {
        return StageSources.fromEnvironment(
                Map.of("CACHE_STAGE_JOURNAL", url, "CACHE_STAGE_NAME", project), Clock.systemUTC());
    }

    @Test
    void changed_isSeenWithinTwoSecondsAndReported() {
        StageSource source = source("shop");
        assertThat(source.current()).isEqualTo(new Stage.Legacy());
        try (StagePlace place = StageSources.table(url, "shop");
                StagePlace other = StageSources.table(url, "other")) {
            place.write(new Stage.DualWrite());
            StageWait.within(Duration.ofSeconds(2), () -> source.current().equals(new Stage.DualWrite()));
            place.write(new Stage.Canary(25));
            StageWait.within(
                    Duration.ofSeconds(2), () -> place.present().get(0).stage().equals(new Stage.Canary(25)));
            assertThat(other.read()).isEmpty();
            assertThat(other.present()).isEmpty();
            place.remove();
            assertThat(place.read()).isEmpty();
        }
    }

    @Test
    void reports_olderThanTenSeconds_doNotHoldAndGo() throws SQLException {
        long old = System.currentTimeMillis() - 11_000;
        execute("insert into cm_presence values ('name:shop', '1@a', 'LEGACY;store;0;" + old + "', " + old + ")");
        try (StagePlace place = StageSources.table(url, "shop")) {
            assertThat(place.present()).isEmpty();
            StagePresence presence = new StagePresence("2@b", new Stage.Shadow(), true, 3);
            place.report(presence);
            assertThat(place.present()).containsExactly(presence);
        }
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from cm_presence")) {
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void journalThatIsGoneOrNone_atStart_writesBothUntilItIsThere() throws Exception {
        execute("drop table cm_stage");
        StageSource source = source("late");
        assertThat(source.current()).isEqualTo(new Stage.DualWrite());
        execute("create table cm_stage (project varchar(512) not null primary key, name varchar(32) not null,"
                + " percent integer not null, since bigint not null)");
        execute("insert into cm_stage values ('name:late', 'CONSOLIDATED', 0, 0)");
        StageWait.within(Duration.ofSeconds(2), () -> source.current().equals(new Stage.Consolidated()));
        Files.delete(folder.resolve("journal.db"));
        try (StagePlace gone = StageSources.table(url, "late")) {
            assertThatThrownBy(gone::read)
                    .isInstanceOf(StageUnreadableException.class)
                    .hasMessageContaining("CACHE_STAGE_JOURNAL");
        }
        assertThat(source.current()).isEqualTo(new Stage.Consolidated());
    }

    @Test
    void urlOfAnotherDatabaseOrNoName_isRefusedWithoutItsPassword() {
        assertThatThrownBy(() -> StageSources.table("jdbc:mysql://u:s3cr3t@host/db", "p"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CACHE_STAGE_JOURNAL")
                .message()
                .doesNotContain("s3cr3t");
        assertThatThrownBy(() -> StageSources.table(url, " "))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CACHE_STAGE_NAME");
        try (StagePlace place = StageSources.table("jdbc:postgresql://localhost:1/db?user=u&password=s3cr3t", "p")) {
            assertThatThrownBy(place::read)
                    .isInstanceOf(StageUnreadableException.class)
                    .message()
                    .doesNotContain("s3cr3t");
        }
    }
}
