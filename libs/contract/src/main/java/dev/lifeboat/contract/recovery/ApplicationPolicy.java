package dev.lifeboat.contract.recovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import java.time.Duration;

/**
 * How a target's Deployments are judged and rolled back. Each field may be missing; {@link #DEFAULT} has what is taken then.
 *
 * @param gitOps what becomes of a Deployment that a GitOps controller manages; null is to tell a person
 * @param healthySeconds how long it has to be well without a break before it counts as healthy, 1 to 3600; null is 60
 * @param togetherSeconds Deployments whose revisions were made within that many seconds were deployed together, 0 to 86400; null is 600
 * @param releaseLabel Deployments whose pod templates have the same value of this label were deployed together, too; null is
 *     {@code lifeboat.dev/release}
 * @param schemaQuery whose first column is the version of the database's schema; null or blank: it is not compared
 * @param schemaLabel the label or annotation of the pod template that says which version of the schema the image needs; null is
 *     {@code lifeboat.dev/schema-version}
 */
public record ApplicationPolicy(
        GitOps gitOps,
        Integer healthySeconds,
        Integer togetherSeconds,
        String releaseLabel,
        String schemaQuery,
        String schemaLabel) {
    /** What is taken where a target says nothing. */
    public static final ApplicationPolicy DEFAULT = new ApplicationPolicy(null, null, null, null, null, null);

    /** What becomes of a Deployment whose content Argo CD or Flux keeps as Git has it. */
    public enum GitOps {
        /** A person is told to take the change back in Git: the controller would undo a roll-back, and be undone by nobody. */
        @JsonProperty("tell")
        TELL,
        /** It is rolled back all the same, where the controller is known not to heal by itself. */
        @JsonProperty("rollback")
        ROLLBACK
    }

    public ApplicationPolicy {
        gitOps = gitOps == null ? GitOps.TELL : gitOps;
        healthySeconds = healthySeconds == null ? 60 : healthySeconds;
        togetherSeconds = togetherSeconds == null ? 600 : togetherSeconds;
        releaseLabel = releaseLabel == null || releaseLabel.isBlank() ? "lifeboat.dev/release" : releaseLabel;
        schemaQuery = schemaQuery == null || schemaQuery.isBlank() ? null : schemaQuery;
        schemaLabel = schemaLabel == null || schemaLabel.isBlank() ? "lifeboat.dev/schema-version" : schemaLabel;
        Require.range("target.application.healthySeconds", healthySeconds, 1, 3600);
        Require.range("target.application.togetherSeconds", togetherSeconds, 0, 86_400);
    }

    /** How long it has to be well. */
    public Duration healthyFor() {
        return Duration.ofSeconds(healthySeconds);
    }

    /** Within what time Deployments count as deployed together. */
    public Duration together() {
        return Duration.ofSeconds(togetherSeconds);
    }
}
