package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.testsupport.BlackHole;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealPostgresExtension.class)
class SilentServerTest {
    @Test
    @Timeout(20)
    void aServerThatVanishesInAStatementOfOursIsUnavailable(RealPostgres postgres) throws Exception {
        try (BlackHole hole = BlackHole.before(postgres.host(), postgres.port());
                Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + hole.port() + "/postgres",
                        postgres.superuser(),
                        postgres.password())) {
            Session session = new Session(connection, Duration.ofMillis(700));
            // What an archive holds has no limit, before and after one of ours.
            session.execute("Building an index", "SELECT pg_sleep(1)");
            assertThat(session.asks("Looking", "SELECT true")).isTrue();
            session.execute("Building an index", "SELECT pg_sleep(1)");
            hole.swallow();

            assertThatThrownBy(() -> session.asks("Looking", "SELECT true"))
                    .isInstanceOfSatisfying(
                            RestoreException.class,
                            e -> assertThat(e.kind()).isEqualTo(RestoreException.Kind.UNAVAILABLE))
                    .hasMessageStartingWith("Looking failed: ");
        }
    }
}
