package dev.lifeboat.alarm;

import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * How long after a recovery the same alarm goes to a person.
 *
 * @param name of the parameter that holds the minutes
 * @param time 0 or more
 */
record CoolDown(String name, Duration time) {
    /** Where there is no such parameter, or one that says nothing. */
    static final Duration DEFAULT = Duration.ofMinutes(30);

    private static final Logger LOG = Logger.getLogger(CoolDown.class);
    private static final String MINUTES = "[0-9]{1,5}";

    static CoolDown of(String name, Optional<String> value) {
        Optional<String> minutes = value.map(String::strip).filter(text -> text.matches(MINUTES));
        if (minutes.isEmpty()) {
            LOG.errorf(
                    "Parameter %s is %s, expected minutes: %d count",
                    name, value.orElse("missing"), DEFAULT.toMinutes());
        }
        return new CoolDown(
                name,
                minutes.map(text -> Duration.ofMinutes(Long.parseLong(text))).orElse(DEFAULT));
    }
}
