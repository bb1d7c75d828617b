package dev.lifeboat.alarm;

import dev.lifeboat.contract.recovery.Mode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The switch by which people set the mode.
 *
 * @param name of the parameter
 * @param mode empty where there is no such parameter or its value is none of ours: somebody may have wanted to forbid it, so a person is
 *     asked
 */
record ModeSwitch(String name, Optional<Mode> mode) {
    static ModeSwitch of(String name, Optional<String> value) {
        return new ModeSwitch(
                name,
                value.map(text -> text.strip().toUpperCase(Locale.ROOT))
                        .flatMap(text -> Arrays.stream(Mode.values())
                                .filter(mode -> mode.name().equals(text))
                                .findFirst()));
    }
}
