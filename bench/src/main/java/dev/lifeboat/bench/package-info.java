/**
 * Measures whole verifications and restores against PostgreSQL's own programs. Start reading at {@link
 * dev.lifeboat.bench.VerifyBench} and {@link dev.lifeboat.bench.RestoreBench}; {@link dev.lifeboat.bench.VerifyProgram} and
 * {@link dev.lifeboat.bench.RestoreProgram} are the processes that are measured.
 */
package dev.lifeboat.bench;
