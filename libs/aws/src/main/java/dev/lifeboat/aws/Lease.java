package dev.lifeboat.aws;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import java.time.Instant;

/**
 * Who may change a target: the content of {@code leases/<target>.json}.
 *
 * @param version 1
 * @param target the target's name
 * @param token the fencing token: 1 or more, one more with every new owner
 * @param owner the ARN of the owner's execution
 * @param incident what the owner acts for
 * @param state whether the owner still holds it
 * @param since when that state began
 * @param heir the ARN of the execution that the owner has started and that acts under its token; null when there is none
 */
public record Lease(
        int version,
        String target,
        long token,
        String owner,
        String incident,
        State state,
        Instant since,
        String heir) {
    /** Whether the owner still holds the lease. */
    public enum State {
        @JsonProperty("held")
        HELD,
        @JsonProperty("released")
        RELEASED
    }

    public Lease {
        Require.range("version", version, 1, 1);
        Require.text("target", target);
        Require.range("token", token, 1, Long.MAX_VALUE);
        Require.text("owner", owner);
        Require.text("incident", incident);
        Require.present("state", state);
        Require.present("since", since);
    }
}
