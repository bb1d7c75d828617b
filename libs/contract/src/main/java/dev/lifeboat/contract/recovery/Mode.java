package dev.lifeboat.contract.recovery;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What people let Lifeboat do by itself. */
public enum Mode {
    /** It repairs. */
    @JsonProperty("automatic")
    AUTOMATIC,
    /** It asks a person before it repairs. */
    @JsonProperty("approve")
    APPROVE,
    /** It looks, and tells what it would have done. */
    @JsonProperty("observe")
    OBSERVE
}
