package dev.lifeboat.local.drill;

import dev.lifeboat.local.kubernetes.EmbeddedKubernetes;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/** PostgreSQL in its pod, as people and programs on this machine reach it. Thread-safe. */
final class LiveDatabase {
    private final Supplier<EmbeddedKubernetes> kubernetes;
    private final Path programs;
    private final Names names;

    /** @param kubernetes the cluster that it runs in now */
    LiveDatabase(Supplier<EmbeddedKubernetes> kubernetes, Path programs, Names names) {
        this.kubernetes = kubernetes;
        this.programs = programs;
        this.names = names;
    }

    Names names() {
        return names;
    }

    /** The pod that the Service leads to. */
    private Optional<Pod> pod() {
        return kubernetes
                .get()
                .find(Service.class, Names.NAMESPACE, Names.POSTGRES_SERVICE)
                .map(service -> service.getSpec().getSelector())
                .flatMap(selector -> kubernetes.get().list(Pod.class, Names.NAMESPACE).stream()
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null
                                && pod.getMetadata().getLabels() != null
                                && pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
                        .findFirst());
    }

    boolean ready() {
        return pod().filter(pod -> pod.getStatus() != null
                        && pod.getStatus().getConditions().stream()
                                .anyMatch(condition -> condition.getType().equals("Ready")
                                        && condition.getStatus().equals("True")))
                .isPresent();
    }

    private String host() {
        return pod().map(pod -> pod.getStatus() == null ? null : pod.getStatus().getPodIP())
                .orElseThrow(() -> new IllegalStateException("PostgreSQL's pod has no address"));
    }

    /** As the superuser. */
    Connection connect(String database) throws SQLException {
        return connect(database, Names.SUPERUSER, names.superuserPassword(), "lifeboat drill");
    }

    /** As the application's role. A host that is not known yet is a connection that fails, as it is for an application. */
    Connection connectAsApplication() throws SQLException {
        // Recoveries send away whoever does not call itself one of theirs.
        return connect(Names.DATABASE, Names.APPLICATION_ROLE, names.applicationPassword(), "application");
    }

    private Connection connect(String database, String user, String password, String application) throws SQLException {
        if (pod().isEmpty()) {
            throw new SQLException("PostgreSQL has no pod", "08001");
        }
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("ApplicationName", application);
        return DriverManager.getConnection("jdbc:postgresql://" + host() + ":5432/" + database, properties);
    }

    void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Every row as one text, its columns joined by {@code " | "}. */
    List<String> rows(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                StringBuilder row = new StringBuilder(String.valueOf(result.getString(1)));
                for (int column = 2; column <= result.getMetaData().getColumnCount(); column++) {
                    row.append(" | ").append(result.getString(column));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    /** Runs one of PostgreSQL's programs against the database as the superuser. */
    ProgramResult run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PGHOST",
                        host(),
                        "PGPORT",
                        "5432",
                        "PGUSER",
                        Names.SUPERUSER,
                        "PGPASSWORD",
                        names.superuserPassword(),
                        "PGDATABASE",
                        Names.DATABASE,
                        "PGCLIENTENCODING",
                        "UTF8"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new ProgramResult(process.waitFor(), output);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + program + " ran", e);
        }
    }

    /**
     * How a program ended.
     *
     * @param exitCode 0 when all went well
     * @param output standard output and error
     */
    record ProgramResult(int exitCode, String output) {}
}
