package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.contract.recovery.ApplicationPolicy;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.application.SchemaVersions.Found;
import dev.lifeboat.orchestrator.connection.FakePlace;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema's version as a real server answers it, and how versions compare. */
@ExtendWith(RealPostgresExtension.class)
class SchemaVersionsTest {
    private static final String QUERY = "SELECT max(version) FROM migrations";

    private RealPostgres postgres;
    private String database;
    private FakePlace place;

    @BeforeEach
    void open(RealPostgres server) throws SQLException {
        postgres = server;
        database = server.createDatabase();
        place = new FakePlace(server.port());
        execute("CREATE TABLE migrations (version int)");
    }

    @Test
    void itIsWhatTheMigrationsHaveLeft() throws SQLException {
        execute("INSERT INTO migrations VALUES (40), (42), (41)");

        assertThat(read(QUERY)).isEqualTo(new Found(true, "42", null));
    }

    @Test
    void withoutAQueryNobodyAsks() {
        place.kubernetesAnswers = false;

        assertThat(read(null)).isEqualTo(Found.NOT_ASKED);
        assertThat(read("  ")).isEqualTo(Found.NOT_ASKED);
    }

    @Test
    void whateverGoesWrongIsAReasonAndNoVersion() {
        assertThat(read(QUERY))
                .as("no migration yet")
                .isEqualTo(new Found(true, null, "The schema's query returned nothing."));
        assertThat(read("SELECT version FROM migrations")).isEqualTo(read(QUERY));
        assertThat(read("SELECT nothing FROM nowhere")).satisfies(found -> {
            assertThat(found.version()).isNull();
            assertThat(found.reason()).contains("42P01");
        });
        place.kubernetesAnswers = false;
        assertThat(read(QUERY)).isEqualTo(new Found(true, null, "Kubernetes is down. HINT: Wait."));
    }

    @Test
    void aQueryThatWritesIsRefusedByTheServer() throws SQLException {
        execute("INSERT INTO migrations VALUES (7)");

        Found found = read("INSERT INTO migrations VALUES (99) RETURNING version");

        assertThat(found.version()).isNull();
        assertThat(found.reason()).contains("25006");
        assertThat(read(QUERY).version()).isEqualTo("7");
    }

    @Test
    void aQueryThatTakesTooLongIsGivenUp() {
        Found found = read("SELECT 1 FROM pg_sleep(30)");

        assertThat(found.version()).isNull();
        assertThat(found.reason()).contains("57014");
    }

    @ParameterizedTest
    @CsvSource({
        "41, 42, -1",
        "42, 42, 0",
        "9, 10, -1",
        "V3.10, 3.9, 1",
        "3.10, 3.10.0, 0",
        "20261123.2, 20261123.10, -1",
        "v1_2, 1-2, 0",
        "99999999999999999999, 99999999999999999998, 1"
    })
    void versionsCompareAsNumbersPartByPart(String one, String other, int expected) {
        assertThat(SchemaVersions.compare(one, other))
                .hasValueSatisfying(
                        compared -> assertThat(Integer.signum(compared)).isEqualTo(expected));
        assertThat(SchemaVersions.compare(other, one))
                .hasValueSatisfying(
                        compared -> assertThat(Integer.signum(compared)).isEqualTo(-expected));
    }

    @ParameterizedTest
    @CsvSource({"latest, 42", "42, ''", "42,", ", 42", "1.x, 1.2", "abc123, 7"})
    void whatIsNoVersionIsNotCompared(String one, String other) {
        assertThat(SchemaVersions.compare(one, other)).isEmpty();
    }

    private Found read(String query) {
        TargetLogins logins =
                new TargetLogins(place, secret -> new Credentials(postgres.superuser(), postgres.password()));
        return new SchemaVersions(() -> logins).read(target(query));
    }

    private Target target(String query) {
        return new Target(
                "shop",
                Target.Purpose.LIVE,
                "cluster",
                "shop",
                "postgres",
                database,
                database,
                "admin",
                List.of("web"),
                List.of(),
                null,
                null,
                null,
                new ApplicationPolicy(null, null, null, null, query, null));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
