package dev.lifeboat.alarm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.contract.error.MisconfiguredException;
import org.junit.jupiter.api.Test;

final class AlarmSettingsTest {
    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> AlarmSettings.parse("{}", "{\"a-down\":\"database\"}", "[]"))
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageStartingWith(
                        "The alarm handler's settings are wrong: Invalid parameter TARGET_PARAMETER: Field 'target.name' is missing.")
                .hasMessageContaining("MACHINES is not a JSON object of strings: ")
                .hasMessageContaining("SCENARIOS maps alarm 'a-down' to 'database', which MACHINES does not have.")
                .hasMessageEndingWith("HINT: Correct template.yaml or its parameters, and deploy it.");
    }
}
