package dev.lifeboat.verifier;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lifeboat.contract.Require;
import java.util.Set;

/** A step in verifying the repository of WAL and base backups: one record for each {@code action}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RepositoryRequest.Plan.class, name = "plan-repository"),
    @JsonSubTypes.Type(value = RepositoryRequest.VerifyPart.class, name = "verify-repository-part")
})
sealed interface RepositoryRequest extends VerifierRequest {
    /** What {@code action} may say. */
    Set<String> ACTIONS = Set.of("plan-repository", "verify-repository-part");

    /** The ARN of the check's execution. */
    String execution();

    /** The execution's name, which is unique among those of its machine for 90 days. */
    default String run() {
        return execution().substring(execution().lastIndexOf(':') + 1);
    }

    /** Looks at what is there, whether WAL has gaps, and cuts the rest into parts. */
    record Plan(String execution) implements RepositoryRequest {
        public Plan {
            Require.text("execution", execution);
        }
    }

    /**
     * Verifies one part.
     *
     * @param part as the plan names it
     */
    record VerifyPart(String execution, String part) implements RepositoryRequest {
        public VerifyPart {
            Require.text("execution", execution);
            Require.text("part", part);
        }
    }
}
