package dev.lifeboat.verifier;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lifeboat.contract.Require;
import java.util.Set;

/** A step of the machine that verifies a backup too large for one function: one record for each {@code action}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LargeRequest.Plan.class, name = "plan-verification"),
    @JsonSubTypes.Type(value = LargeRequest.VerifySlice.class, name = "verify-slice"),
    @JsonSubTypes.Type(value = LargeRequest.Conclude.class, name = "conclude-verification")
})
sealed interface LargeRequest extends VerifierRequest {
    /** What {@code action} may say. */
    Set<String> ACTIONS = Set.of("plan-verification", "verify-slice", "conclude-verification");

    /** The manifest's key in the backup bucket. */
    String manifestKey();

    /** The execution's ARN. */
    String execution();

    /** The execution's name, which is unique among those of its machine for 90 days. */
    default String run() {
        return execution().substring(execution().lastIndexOf(':') + 1);
    }

    /** Cuts the backup into slices. */
    record Plan(String manifestKey, String execution) implements LargeRequest {
        public Plan {
            Require.text("manifestKey", manifestKey);
            Require.text("execution", execution);
        }
    }

    /**
     * Verifies one slice.
     *
     * @param slice its number, from 0
     */
    record VerifySlice(String manifestKey, String execution, int slice) implements LargeRequest {
        public VerifySlice {
            Require.text("manifestKey", manifestKey);
            Require.text("execution", execution);
            Require.range("slice", slice, 0, Integer.MAX_VALUE);
        }
    }

    /**
     * Makes a verdict of what the slices found.
     *
     * @param compareWithPrevious as in {@link VerifyRequest}
     */
    record Conclude(String manifestKey, String execution, boolean compareWithPrevious) implements LargeRequest {
        public Conclude {
            Require.text("manifestKey", manifestKey);
            Require.text("execution", execution);
        }
    }
}
