package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretMaskTest {
    private final SecretMask mask = new SecretMask(List.of("hunter2!", "a b&c/d", "", "ok"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connecting with hunter2! failed | connecting with *** failed",
                "aHVudGVyMiE= in base64 | *** in base64",
                "?x=a+b%26c%2Fd and a%20b%26c%2Fd | ?x=*** and ***",
                "password=swordfish user=app | password=*** user=app",
                "DB_PASSWORD: 'sword fish', host | DB_PASSWORD: ***, host",
                "{\"apiKey\":\"k-123\",\"ok\":true} | {\"apiKey\":***,\"ok\":true}",
                "postgres://app:swordfish@postgres:5432/shop | postgres://app:***@postgres:5432/shop",
                "postgres://app:p@ss@postgres/shop | postgres://app:***@postgres/shop",
                "redis://:swordfish@cache | redis://:***@cache",
                "Authorization: Bearer abc.def-123 | Authorization: ***",
                "sent bearer abcdefgh12345 to it | sent bearer *** to it",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln is expired | *** is expired",
                "key AKIAIOSFODNN7EXAMPLE | key ***",
                "ok, listening on 8080 | ok, listening on 8080"
            })
    void masksWhatIsKnownAndWhatLooksLikeASecret(String line, String masked) {
        assertThat(mask.mask(line)).isEqualTo(masked);
    }

    @Test
    void aValueOfManyLinesIsMaskedLineByLineAndAKeyAsAWhole() {
        SecretMask lines = new SecretMask(List.of("first-line-of-it\nsecond-line-of-it"));

        assertThat(lines.mask("x second-line-of-it y")).isEqualTo("x *** y");
        assertThat(lines.mask("a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb"))
                .isEqualTo("a\n***\nb");
    }
}
