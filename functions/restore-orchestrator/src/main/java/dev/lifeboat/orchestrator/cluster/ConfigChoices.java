package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.contract.error.NoVerifiedBackupException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.cluster.ClusterResults.ConfigChoice;
import java.util.function.Function;

/** Finds what a namespace was configured as: beside the newest verified backup that holds it. */
final class ConfigChoices {
    private final BackupCatalogue catalogue;
    private final Function<BackupObject, ConfigBackup> reader;

    /** @param reader of the object that a manifest names, compared with its checksum there */
    ConfigChoices(BackupCatalogue catalogue, Function<BackupObject, ConfigBackup> reader) {
        this.catalogue = catalogue;
        this.reader = reader;
    }

    /** @throws NoVerifiedBackupException when there is none */
    ConfigChoice newest(Target target) {
        CatalogueEntry entry = catalogue
                .newestFirst(target.backupOf())
                .filter(ConfigChoices::isUsable)
                .findFirst()
                .orElseThrow(() -> new NoVerifiedBackupException(
                        "No verified backup of database '" + target.backupOf() + "' in bucket " + catalogue.bucket()
                                + " holds a configuration.",
                        "Apply k8s/ by hand with the Secrets that you have, and see docs/runbooks/cluster-lost.md."));
        ConfigBackup config = reader.apply(entry.manifest().config());
        return new ConfigChoice(
                entry.backupId(),
                config.takenAt(),
                config.objects().size(),
                config.workloads().size());
    }

    /** @throws NoVerifiedBackupException when it is not there any more, or not verified any more */
    ConfigBackup read(String backupId) {
        return reader.apply(catalogue
                .entry(BucketLayout.manifestKey(backupId))
                .filter(ConfigChoices::isUsable)
                .map(entry -> entry.manifest().config())
                .orElseThrow(() -> new NoVerifiedBackupException(
                        "Backup " + backupId + " is not there any more, or not verified any more.",
                        "Start the recovery again: it takes the newest one that is.")));
    }

    private static boolean isUsable(CatalogueEntry entry) {
        return entry.verified() && entry.manifest().config() != null;
    }
}
