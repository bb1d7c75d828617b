# `make help` lists what can be done here; every target is one command that README.md explains.
.DEFAULT_GOAL := help
.PHONY: help build verify quick format ci drill fuzz bench

help: ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## Build every module and function.zip, without tests
	mvn -q -B -DskipTests package

quick: ## The fast path: compile and test the libraries alone
	mvn -q -B verify -pl libs/contract,libs/pg-archive,libs/pg-restore,libs/report -am

verify: ## The full path: build and test everything
	mvn -B verify

format: ## Format the sources
	mvn -q -B spotless:apply

ci: ## What CI runs: tests and lints
	bash .ci/run

drill: ## Play a lost database from beginning to end
	./lifeboat drill

fuzz: ## Look for bytes that break the archive reader, for ten minutes
	scripts/fuzz

bench: ## Measure restores and verifications against PostgreSQL's programs (bench/README.md; takes an hour)
	bench/verify
	bench/restore
