package dev.lifeboat.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/** What has a budget of its own. Limits are those of the strategy's tables of recovery time and recovery point objectives. */
public enum Component {
    /** From the failure until everything is back. */
    @JsonProperty("system")
    SYSTEM("Whole system", Duration.ofMinutes(30)),
    /** From the failure until the database is back. */
    @JsonProperty("database")
    DATABASE("Database", Duration.ofMinutes(15)),
    /** From the restart of the applications until they are healthy. */
    @JsonProperty("applications")
    APPLICATIONS("Applications", Duration.ofMinutes(10)),
    /** From a deployment's failure until the application is well with an older revision. */
    @JsonProperty("deployment")
    DEPLOYMENT("Bad deployment", Duration.ofMinutes(5)),
    /** From the first look at the load balancer until the records lead to it. */
    @JsonProperty("dns")
    DNS("DNS", Duration.ofMinutes(5)),
    /** From the restored backup's snapshot until the failure. */
    @JsonProperty("data-loss")
    DATA_LOSS("Data loss", Duration.ofMinutes(60));

    private final String title;
    private final Duration limit;

    Component(String title, Duration limit) {
        this.title = title;
        this.limit = limit;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** The budget. */
    public Duration limit() {
        return limit;
    }
}
