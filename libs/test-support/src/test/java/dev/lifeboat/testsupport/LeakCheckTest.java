package dev.lifeboat.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EngineTestKit.engine;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;

class LeakCheckTest {
    @ExtendWith({RealPostgresExtension.class, LeakCheck.class})
    static class CarelessTestCase {
        // Reachable: the driver closes a connection that the garbage collector finds.
        static Connection left;

        @Test
        void leavesAConnection(RealPostgres postgres) throws SQLException {
            left = postgres.connect("postgres");
        }

        @Test
        void leavesAStream(OpenStreams streams) {
            streams.track(InputStream.nullInputStream(), "the dump");
        }
    }

    @Test
    void failsTestsThatLeaveAConnectionOrAStream() {
        List<String> failures = engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(CarelessTestCase.class))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .sorted()
                .toList();
        assertThat(failures).hasSize(2);
        assertThat(failures.get(0)).matches("The test left connections open: \\{[0-9]+=postgres: .*}");
        assertThat(failures.get(1)).isEqualTo("The test left streams open: [the dump]");
    }
}
