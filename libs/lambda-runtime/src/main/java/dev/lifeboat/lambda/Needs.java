package dev.lifeboat.lambda;

/** Looks at what a function will need; see {@link Readiness}. */
@FunctionalInterface
public interface Needs {
    /** Looks at each thing, cheaply and changing nothing. */
    void look(ReadinessQuestion question, Readiness readiness);
}
