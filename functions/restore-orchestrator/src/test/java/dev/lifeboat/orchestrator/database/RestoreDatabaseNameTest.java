package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.contract.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RestoreDatabaseNameTest {
    private static final String DAILY = "daily/backup_20261123_020000";

    @Test
    void namesTheTokenAndTheBackup() {
        assertThat(RestoreDatabaseName.of("cloudtolocalllm", 7, DAILY))
                .isEqualTo("cloudtolocalllm_restore_7_20261123_020000d");
    }

    @Test
    void tellsADailyBackupFromARecentOneOfTheSameSecond() {
        assertThat(RestoreDatabaseName.of("app", 7, "recent/backup_20261123_020000"))
                .isNotEqualTo(RestoreDatabaseName.of("app", 7, DAILY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a_database_with_a_name_of_63_bytes_which_is_all_postgresql_takes",
                "Größe und Gewicht der Straße, äöüäöüäöü"
            })
    void fitsIntoPostgresqlsNamesWithTheLargestToken(String database) {
        String name = RestoreDatabaseName.of(database, 99_999_999_999L, DAILY);

        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
        assertThat(name).matches(RestoreDatabaseName.pattern(database));
    }

    @Test
    void longNamesOfTheSameBeginningStayApart() {
        String live = "a_database_with_a_name_of_fifty_bytes_and_a_little";
        String drill = live + "_drill";

        assertThat(RestoreDatabaseName.of(drill, 7, DAILY)).doesNotMatch(RestoreDatabaseName.pattern(live));
    }

    @Test
    void thePatternMatchesNoDatabaseThatPeopleUse() {
        assertThat("app").doesNotMatch(RestoreDatabaseName.pattern("app"));
        assertThat("app_restore_test").doesNotMatch(RestoreDatabaseName.pattern("app"));
        assertThat("my_app_restore_7_20261123_020000d").doesNotMatch(RestoreDatabaseName.pattern("app"));
        assertThat("app_drill_restore_7_20261123_020000d").doesNotMatch(RestoreDatabaseName.pattern("app"));
    }

    @Test
    void refusesWhatIsNoBackupId() {
        assertThatThrownBy(() -> RestoreDatabaseName.of("app", 7, "backup_20261123"))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("Backup id 'backup_20261123' is not daily|recent/backup_YYYYMMDD_HHMMSS. HINT: Name a"
                        + " backup as the catalogue does.");
    }
}
