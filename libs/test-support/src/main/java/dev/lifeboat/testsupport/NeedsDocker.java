package dev.lifeboat.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test that needs a Docker engine: it runs with {@code mvn verify -Pdocker} and is reported as skipped without. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("docker")
@EnabledIfSystemProperty(
        named = "lifeboat.docker",
        matches = "true",
        disabledReason = "needs Docker: run 'mvn verify -Pdocker'")
public @interface NeedsDocker {}
