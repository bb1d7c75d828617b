package dev.lifeboat.verifier;

/** What the verifier is told: of backups to verify, or of one step in verifying a large one, or the repository. */
sealed interface VerifierRequest permits VerifierInput, LargeRequest, RepositoryRequest {}
