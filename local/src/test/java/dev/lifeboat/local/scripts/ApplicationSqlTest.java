package dev.lifeboat.local.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The drill application's SQL: each script is one simple query through JDBC. */
@ExtendWith(RealPostgresExtension.class)
class ApplicationSqlTest {
    private static final String DATABASE = "application";
    private static final int ROWS = 12_345;

    private final RealPostgres postgres;

    ApplicationSqlTest(RealPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    static void create(RealPostgres postgres) throws Exception {
        execute(postgres, "postgres", "CREATE DATABASE " + DATABASE);
        execute(postgres, "postgres", script("roles"));
        execute(postgres, "postgres", script("database"));
        execute(postgres, DATABASE, script("schema"));
        execute(postgres, DATABASE, script("data"));
    }

    @Test
    void allTablesTogetherHaveTheRowsAskedFor() throws Exception {
        assertThat(
                        one(
                                "SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM sessions) + (SELECT count(*) FROM"
                                        + " conversations) + (SELECT count(*) FROM messages) + (SELECT count(*) FROM audit.audit_logs)"))
                .isEqualTo((long) ROWS);
    }

    @Test
    void whatTheTriggersWouldHaveCountedIsRight() throws Exception {
        assertThat(one("SELECT count(*) FROM conversations c WHERE message_count <>"
                        + " (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id)"))
                .isEqualTo(0L);
    }

    @Test
    void everyForeignKeyHolds() throws Exception {
        String broken =
                "SELECT (SELECT count(*) FROM %s c WHERE %s IS NOT NULL AND NOT EXISTS (SELECT FROM %s p WHERE p.id = c.%2$s))";
        assertThat(one(broken.formatted("sessions", "user_id", "users"))).isEqualTo(0L);
        assertThat(one(broken.formatted("conversations", "user_id", "users"))).isEqualTo(0L);
        assertThat(one(broken.formatted("conversations", "forked_from", "conversations")))
                .isEqualTo(0L);
        assertThat(one(broken.formatted("messages", "conversation_id", "conversations")))
                .isEqualTo(0L);
        assertThat(one(broken.formatted("audit.audit_logs", "user_id", "users")))
                .isEqualTo(0L);
    }

    @Test
    void theApplicationWritesWithItsOwnRoleAndLearnsWhen() throws Exception {
        try (Connection connection = postgres.connect(DATABASE, "cloudtolocalllm_app", "secret");
                var statement = connection.createStatement();
                var result = statement.executeQuery(script("write"))) {
            assertThat(result.next()).isTrue();
            Instant at = result.getObject(1, OffsetDateTime.class).toInstant();
            assertThat(at)
                    .isAfter(Instant.now().minusSeconds(300))
                    .isBefore(Instant.now().plusSeconds(300));
        }
        assertThat(one("SELECT count(*) FROM messages WHERE metadata @> '{\"writer\": \"drill\"}'"))
                .isEqualTo(1L);
        execute(postgres, DATABASE, "DELETE FROM messages WHERE metadata @> '{\"writer\": \"drill\"}'");
        execute(
                postgres,
                DATABASE,
                "UPDATE conversations SET message_count = (SELECT count(*) FROM messages m"
                        + " WHERE m.conversation_id = conversations.id) WHERE id = md5('conversation 1')::uuid");
    }

    private Object one(String sql) throws SQLException {
        try (Connection connection = postgres.connect(DATABASE);
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getObject(1);
        }
    }

    private static void execute(RealPostgres postgres, String database, String sql) throws SQLException {
        try (Connection connection = postgres.connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String script(String name) throws IOException {
        try (var in =
                ApplicationSqlTest.class.getResourceAsStream("/dev/lifeboat/local/application/" + name + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${app_password}", "secret")
                    .replace("${database}", DATABASE)
                    .replace("${rows}", Integer.toString(ROWS));
        }
    }
}
