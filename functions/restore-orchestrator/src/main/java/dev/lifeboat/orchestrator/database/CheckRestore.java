package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.pgrestore.CheckResult;
import dev.lifeboat.pgrestore.ExpectedTable;
import java.util.List;

/** Compares the restored rows with what the backup's verification read. */
final class CheckRestore {
    private final RestoreSession session;

    CheckRestore(RestoreSession session) {
        this.session = session;
    }

    StepResults.RestoreChecked check(RecoveryScope scope, String planKey) {
        return session.withArchive(scope, planKey, (restore, document, databases) -> {
            List<ExpectedTable> expected = document.expected().stream()
                    .map(table -> new ExpectedTable(table.schema(), table.name(), table.rows(), table.fingerprint()))
                    .toList();
            CheckResult result = restore.check(expected).orFail();
            return new StepResults.RestoreChecked(true, result.tables(), result.rows());
        });
    }
}
