package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.DatabaseRefusedException;
import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.RestoreCheckFailedException;
import dev.lifeboat.pgrestore.CheckResult;
import dev.lifeboat.pgrestore.RestoreException;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RestoreFaultsTest {
    private static final Map<Kind, Class<? extends LifeboatException>> EXPECTED = Map.of(
            Kind.UNAVAILABLE, DatabaseUnavailableException.class,
            Kind.REFUSED, DatabaseRefusedException.class,
            Kind.CHECK_FAILED, RestoreCheckFailedException.class,
            Kind.FENCED, FencedOffException.class,
            Kind.UNUSABLE_ARCHIVE, BackupUnusableException.class);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindOfFailureIsAnErrorOfTheContractWithTheSameMessage(Kind kind) {
        RuntimeException fault = new IllegalStateException("Entry 7 failed. HINT: Look at it.");

        assertThat(RestoreFaults.translate(kind, fault))
                .isExactlyInstanceOf(EXPECTED.get(kind))
                .hasMessage("Entry 7 failed. HINT: Look at it.")
                .hasCause(fault);
    }

    @Test
    void aRestoresOwnExceptionGoesByItsKind() {
        try {
            new CheckResult(2, 10, List.of("public.users has 9 rows, expected 10.")).orFail();
        } catch (RestoreException e) {
            assertThat(RestoreFaults.translate(e))
                    .isExactlyInstanceOf(RestoreCheckFailedException.class)
                    .hasMessage(e.getMessage());
            return;
        }
        throw new AssertionError("the check passed");
    }
}
