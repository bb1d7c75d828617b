package dev.lifeboat.aws.pgbackrest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * What is wrong with one thing in a repository.
 *
 * @param kind how bad it is
 * @param subject which thing: a segment's name, a backup's label with a file's name, a path
 * @param reason what is wrong with it, one sentence
 */
public record RepositoryProblem(Kind kind, String subject, String reason) {
    /** How bad it is. */
    public enum Kind {
        /** Not what the repository's own records say. */
        @JsonProperty("corrupt")
        CORRUPT,
        /** It could not be verified, which is no pass. */
        @JsonProperty("unverifiable")
        UNVERIFIABLE
    }

    public RepositoryProblem {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(reason);
    }

    static RepositoryProblem corrupt(String subject, String reason) {
        return new RepositoryProblem(Kind.CORRUPT, subject, reason);
    }

    static RepositoryProblem unverifiable(String subject, String reason) {
        return new RepositoryProblem(Kind.UNVERIFIABLE, subject, reason);
    }
}
