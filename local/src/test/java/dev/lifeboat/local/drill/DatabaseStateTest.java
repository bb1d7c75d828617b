package dev.lifeboat.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseStateTest {
    @Test
    void findsNoDifferenceBetweenTheSame() {
        assertThat(DatabaseState.difference(List.of("a", "b"), List.of("a", "b")))
                .isEmpty();
    }

    @Test
    void saysWhatWasLostAndWhatWasAdded() {
        assertThat(DatabaseState.difference(List.of("limit 150", "owner x", "c", "d", "e"), List.of("owner y", "e")))
                .isEqualTo("lost 4: limit 150 / owner x / c … added 1: owner y");
    }

    @Test
    void countsALineThatCameTwiceAndIsThereOnceAsLost() {
        assertThat(DatabaseState.difference(List.of("a", "a"), List.of("a"))).isEqualTo("lost 1: a");
    }

    @Test
    void tellsAnotherOrder() {
        assertThat(DatabaseState.difference(List.of("a", "b"), List.of("b", "a")))
                .isEqualTo("the same lines in another order");
    }
}
