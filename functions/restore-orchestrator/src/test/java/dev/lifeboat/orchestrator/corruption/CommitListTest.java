package dev.lifeboat.orchestrator.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.contract.error.InvalidInputException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommitListTest {
    @Test
    void readsWhatPgWaldumpSays() {
        assertThat(
                        CommitList.parse(
                                "742\t0/30001F8\t2026-11-23 03:14:16.5 UTC\n741\t0/3000148\t2026-11-23 03:14:15.123456 UTC\n\n"))
                .isEqualTo(List.of(
                        new Commit(Lsn.parse("0/3000148"), 741, Instant.parse("2026-11-23T03:14:15.123456Z")),
                        new Commit(Lsn.parse("0/30001F8"), 742, Instant.parse("2026-11-23T03:14:16.5Z"))));
        assertThat(CommitList.parse("")).isEmpty();
    }

    @Test
    void aLineThatIsNoneIsNamed() {
        assertThatThrownBy(() -> CommitList.parse("741\t0/3000148\t2026-11-23 03:14:15 UTC\nxid\t0/3\tnow\n"))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Line 2 of the list of commits is 'xid\t0/3\tnow', expected a transaction number, a position and"
                                + " a time between tabs. HINT: Look at images/postgres/postgres-entrypoint.sh of the image that"
                                + " runs.");
        assertThatThrownBy(() -> CommitList.parse("741"))
                .hasMessageContaining("Line 1 of the list of commits is '741'");
    }
}
