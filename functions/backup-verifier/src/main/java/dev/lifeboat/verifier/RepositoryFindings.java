package dev.lifeboat.verifier;

import dev.lifeboat.aws.pgbackrest.RepositoryProblem;
import dev.lifeboat.contract.backup.BucketLayout;
import java.time.Instant;
import java.util.List;

/** What the steps of a check have found in the repository, kept in the bucket until it is summed up. */
final class RepositoryFindings {
    private RepositoryFindings() {}

    /**
     * What the plan found.
     *
     * @param version 1
     * @param wanted whether there is to be a repository at all
     * @param parts the parts that have to be verified
     * @param segments of WAL that are there
     * @param baseBackups that are there
     * @param oldest what can be recovered from at the earliest; null when there is no base backup
     * @param newest when the newest segment of WAL arrived; null when there is none
     * @param problems gaps, duplicates, missing history files, what pgbackrest itself found
     * @param warnings what is no fault of a backup, but should be known
     */
    record Plan(
            int version,
            boolean wanted,
            List<String> parts,
            int segments,
            int baseBackups,
            Instant oldest,
            Instant newest,
            List<RepositoryProblem> problems,
            List<String> warnings) {
        static Plan unwanted() {
            return new Plan(1, false, List.of(), 0, 0, null, null, List.of(), List.of());
        }

        static Plan unverifiable(String subject, String reason) {
            return new Plan(
                    1,
                    true,
                    List.of(),
                    0,
                    0,
                    null,
                    null,
                    List.of(new RepositoryProblem(RepositoryProblem.Kind.UNVERIFIABLE, subject, reason)),
                    List.of());
        }
    }

    /**
     * What a part came to.
     *
     * @param version 1
     * @param part which one
     * @param files that were looked at
     * @param bytes of them, decompressed
     * @param millis how long it took
     * @param problems what is wrong with them
     */
    record Part(int version, String part, int files, long bytes, long millis, List<RepositoryProblem> problems) {}

    /** Where the plan of a check lies. */
    static String planKey(String run) {
        return BucketLayout.integrity(run, "repository/plan.json");
    }

    /** Where what a part came to lies. */
    static String partKey(String run, String part) {
        return BucketLayout.integrity(run, "repository/" + part + ".json");
    }
}
