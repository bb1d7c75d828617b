package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.orchestrator.assessment.LookResult.Answer;

/** What EKS' word for a cluster says of it. Follows "Cluster", status, of the Amazon EKS API reference. */
public final class EksStatus {
    private EksStatus() {}

    /** Whether a cluster of that status is one that works; unknown while it is being made, and of a word that nobody knows. */
    public static Answer works(String status) {
        return switch (status) {
            case "ACTIVE", "UPDATING", "PENDING" -> Answer.YES;
            case "FAILED", "DELETING" -> Answer.NO;
            default -> Answer.UNKNOWN;
        };
    }
}
