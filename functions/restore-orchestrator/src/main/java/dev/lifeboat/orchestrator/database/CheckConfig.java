package dev.lifeboat.orchestrator.database;

import dev.lifeboat.aws.ConfigBackups;
import dev.lifeboat.aws.StoredManifest;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.contract.backup.ConfigObject;
import dev.lifeboat.contract.backup.ConfigWorkload;
import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.WorkloadNeeds;
import dev.lifeboat.kubernetes.WorkloadNeeds.Need;
import dev.lifeboat.orchestrator.database.StepResults.ConfigChecked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Proves that a backup's configuration would do for the workloads that run now: it is read as a rebuild reads it, and has every ConfigMap,
 * Secret and key that a pod template names. It changes nothing, and its answer has names alone.
 */
final class CheckConfig {
    private static final int MOST_NAMED = 20;

    private final Function<String, Optional<StoredManifest>> manifests;
    private final ConfigBackups configs;
    private final Function<Target, List<WorkloadNeeds>> live;

    /**
     * @param manifests by key
     * @param live of the target's namespace
     */
    CheckConfig(
            Function<String, Optional<StoredManifest>> manifests,
            ConfigBackups configs,
            Function<Target, List<WorkloadNeeds>> live) {
        this.manifests = manifests;
        this.configs = configs;
        this.live = live;
    }

    /** @throws BackupUnusableException when the backup is gone, or its configuration is not what its manifest says */
    ConfigChecked check(Target target, String backupId) {
        BackupManifest manifest = manifests
                .apply(BucketLayout.manifestKey(backupId))
                .orElseThrow(() -> new BackupUnusableException(
                        "Backup " + backupId + " has no manifest any more.", "Find out who deleted it."))
                .content();
        if (manifest.config() == null) {
            String why = manifest.configProblem();
            return new ConfigChecked(
                    false,
                    false,
                    0,
                    List.of(),
                    List.of(),
                    "config backup missing" + (why == null ? ": the backup was made without one" : ": " + why));
        }
        return compare(configs.read(manifest.config()), live.apply(target));
    }

    private static ConfigChecked compare(ConfigBackup config, List<WorkloadNeeds> workloads) {
        Map<String, ConfigObject> objects = new TreeMap<>();
        config.objects().forEach(object -> objects.put(object.toString(), object));
        Map<String, ConfigWorkload> recorded = new TreeMap<>();
        config.workloads().forEach(workload -> recorded.put(workload.reference(), workload));
        List<String> missing = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (WorkloadNeeds workload : workloads) {
            String reference = workload.kind() + "/" + workload.name();
            ConfigWorkload known = recorded.get(reference);
            if (known == null) {
                missing.add(reference);
            } else if (!known.containers().equals(workload.images())) {
                changed.add(reference);
            }
            workload.needs().stream()
                    .filter(need -> !has(objects.get(need.kind() + "/" + need.name()), need))
                    .forEach(need -> missing.add(need + " of " + reference));
        }
        return new ConfigChecked(
                true,
                missing.isEmpty(),
                objects.size(),
                first(missing),
                first(changed),
                summary(config, missing, changed));
    }

    private static boolean has(ConfigObject object, Need need) {
        if (object == null || need.key() == null) {
            return object != null;
        }
        return object.content().path("data").has(need.key())
                || object.content().path("binaryData").has(need.key());
    }

    private static String summary(ConfigBackup config, List<String> missing, List<String> changed) {
        return config.objects().size() + " ConfigMaps and Secrets and the images of "
                + config.workloads().size() + " workloads, of " + config.takenAt()
                + (missing.isEmpty()
                        ? "; every workload has what it needs"
                        : "; missing: " + String.join(", ", first(missing)))
                + (changed.isEmpty() ? "" : "; other images run now in " + String.join(", ", first(changed)));
    }

    private static List<String> first(List<String> names) {
        return names.subList(0, Math.min(names.size(), MOST_NAMED));
    }
}
