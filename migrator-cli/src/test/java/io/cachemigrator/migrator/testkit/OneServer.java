package io.cachemigrator.migrator.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** A project at rest and one real Redis server, with conversations in database 0 whose copies go to database 1. */
public final class OneServer implements AutoCloseable {
    private final TestProject project;
    private final TestRedis server;
    private final Jedis legacy;
    private final Jedis target;

    private OneServer(TestProject project, TestRedis server) {
        this.project = project;
        this.server = server;
        this.legacy = server.connect();
        this.target = server.connect();
        target.select(1);
    }

    /** Started, with so many conversations that live for a day. */
    public static OneServer start(Path folder, int conversations) {
        OneServer started = new OneServer(TestProject.atRest(folder.resolve("project")), TestRedis.start());
        Pipeline pipeline = started.legacy.pipelined();
        for (int i = 0; i < conversations; i++) {
            pipeline.setex("ngx:conv:" + i, 86_400, "{\"n\": " + i + "}");
        }
        pipeline.sync();
        return started;
    }

    public TestProject project() {
        return project;
    }

    public TestRedis server() {
        return server;
    }

    public Jedis legacy() {
        return legacy;
    }

    public Jedis target() {
        return target;
    }

    /** The options that name both databases. */
    public String[] stores() {
        return new String[] {"--legacy", server.uri() + "/0", "--target", server.uri() + "/1"};
    }

    /** Starts {@code migrate --yes} with these stores and more options. */
    public CliProcess migrate(String... more) {
        List<String> line = new ArrayList<>(List.of("migrate", "--yes"));
        line.addAll(List.of(more));
        line.addAll(List.of(stores()));
        return CliProcess.start(project.root(), line.toArray(String[]::new));
    }

    @Override
    public void close() {
        legacy.close();
        target.close();
        server.close();
    }
}
