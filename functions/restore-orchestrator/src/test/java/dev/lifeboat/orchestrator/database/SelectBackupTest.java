package dev.lifeboat.orchestrator.database;

import static dev.lifeboat.orchestrator.database.TestBackups.judged;
import static dev.lifeboat.orchestrator.database.TestBackups.table;
import static dev.lifeboat.orchestrator.database.TestBackups.unjudged;
import static dev.lifeboat.orchestrator.database.TestBackups.unreadable;
import static dev.lifeboat.orchestrator.database.TestBackups.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.contract.error.NoVerifiedBackupException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.connection.TestTargets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SelectBackupTest {
    private static final String NEWEST = "recent/backup_20261123_030000";
    private static final String NEWER = "recent/backup_20261123_023000";
    private static final String OLDER = "daily/backup_20261123_020000";
    private static final String OLDEST = "daily/backup_20261122_020000";

    private final RecoveryScope scope = TestTargets.scope(TestTargets.live("app"));

    @Test
    void takesTheNewestVerifiedBackup() {
        BackupChoice choice = select(verified(NEWEST, table("users", 40), table("logs", 2)), verified(OLDER));

        assertThat(choice.backupId()).isEqualTo(NEWEST);
        assertThat(choice.rows()).isEqualTo(42);
        assertThat(choice.dumpVersionId()).isEqualTo("d1");
        assertThat(choice.passedOver()).isEmpty();
    }

    @Test
    void passesOverWhatIsNotVerifiedAndSaysWhy() {
        BackupChoice choice = select(
                unjudged(NEWEST),
                judged(NEWER, VerdictStatus.CORRUPT, "Block 7 is broken."),
                unreadable(OLDER, "It is cut."),
                verified(OLDEST));

        assertThat(choice.backupId()).isEqualTo(OLDEST);
        assertThat(choice.passedOver())
                .containsExactly(
                        new RejectedBackup(
                                NEWEST, "It has no verdict yet: its verification is under way, or never ran."),
                        new RejectedBackup(NEWER, "Its verdict is corrupt: Block 7 is broken."),
                        new RejectedBackup(OLDER, "Its manifest cannot be read: It is cut."));
    }

    @Test
    void neitherSuspiciousNorUnverifiableIsAPass() {
        BackupChoice choice = select(
                judged(NEWEST, VerdictStatus.SUSPICIOUS, "Half the rows are gone."),
                judged(NEWER, VerdictStatus.UNVERIFIABLE, "LZ4."),
                verified(OLDER));

        assertThat(choice.backupId()).isEqualTo(OLDER);
    }

    @Test
    void passesOverWhatThisRecoveryHasTriedInVain() {
        BackupChoice choice = new SelectBackup(database -> Stream.of(verified(NEWEST), verified(OLDER)))
                .select(
                        scope,
                        List.of(new RejectedBackup(NEWEST, "Check failed."), new RejectedBackup(NEWEST, "Again.")));

        assertThat(choice.backupId()).isEqualTo(OLDER);
        assertThat(choice.passedOver())
                .containsExactly(new RejectedBackup(NEWEST, "It was tried in vain: Check failed."));
    }

    @Test
    void asksForTheBackupsOfTheDatabaseThatADrillIsOf() {
        RecoveryScope drill = TestTargets.scope(TestTargets.drill("app_drill", "app"));

        BackupChoice choice = new SelectBackup(
                        database -> database.equals("app") ? Stream.of(verified(NEWEST)) : Stream.of())
                .select(drill, List.of());

        assertThat(choice.backupId()).isEqualTo(NEWEST);
    }

    @Test
    void saysOfEveryBackupWhyItWillNotDoWhenNoneIsLeft() {
        assertThatThrownBy(() -> select(unjudged(NEWEST), judged(OLDER, VerdictStatus.CORRUPT, "It is cut.")))
                .isExactlyInstanceOf(NoVerifiedBackupException.class)
                .hasMessage("None of the 2 backups of database 'app' can be restored:"
                        + " recent/backup_20261123_030000 (It has no verdict yet: its verification is under way, or"
                        + " never ran.); daily/backup_20261123_020000 (Its verdict is corrupt: It is cut.) HINT: Look"
                        + " for an older version of a dump in the bucket, or for a copy on the volume (/backups), and"
                        + " restore it with scripts/aws/restore-postgres.sh.");
    }

    @Test
    void anEmptyBucketHasNoVerifiedBackup() {
        assertThatThrownBy(this::select)
                .isExactlyInstanceOf(NoVerifiedBackupException.class)
                .hasMessageStartingWith("None of the 0 backups of database 'app' can be restored. HINT: ");
    }

    private BackupChoice select(CatalogueEntry... entries) {
        return new SelectBackup(database -> Stream.of(entries)).select(scope, List.of());
    }
}
