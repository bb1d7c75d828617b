package dev.lifeboat.contract.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Which schedule wrote a backup; also its folder below {@code dumps/}. */
public enum BackupKind {
    /** Once a day at 02:00 UTC, kept for 30 days. */
    @JsonProperty("daily")
    DAILY,
    /** Every 30 minutes, kept for 7 days. */
    @JsonProperty("recent")
    RECENT;

    /** The folder's name. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
