package dev.lifeboat.aws.pgbackrest;

import java.util.List;

/**
 * What the verification of a part of a repository came to.
 *
 * @param files how many segments, or files of a base backup, were looked at
 * @param bytes of them, decompressed
 * @param problems what is wrong with them; empty when all are whole
 */
public record VerifiedPart(int files, long bytes, List<RepositoryProblem> problems) {
    public VerifiedPart {
        problems = List.copyOf(problems);
    }
}
