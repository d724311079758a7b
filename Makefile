# `make` alone prints what there is. Every word is one command that can be typed as well.
.DEFAULT_GOAL := help
.PHONY: help check test format golden vectors sim fuzz auth bench startup man pictures run

# The fuzzer takes one test in each run.
FUZZ ?= BytesFuzzTest\#reads_any_events BytesFuzzTest\#scans_any_json BytesFuzzTest\#splices_any_json \
  BytesFuzzTest\#decodes_any_request BytesFuzzTest\#decodes_any_stream BytesFuzzTest\#decodes_any_answer \
  BytesFuzzTest\#reads_any_messages BytesFuzzTest\#decodes_any_converse_stream BytesFuzzTest\#translates_any_request \
  FunctionUrlFuzzTest\#decodes_any_event FunctionUrlFuzzTest\#decodes_any_body
DIR ?=
ARGS ?=

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

check: ## all that CI does: build, tests, format, architecture, coverage
	./mvnw -B verify

test: ## the tests alone
	./mvnw -B test

format: ## rewrite the sources in the house's format
	JAVA_HOME="$$(.mvn/find-jdk)" ./mvnw -B -q spotless:apply

golden: ## run the tests and rewrite the golden files; look at the diff before you commit it
	./mvnw -B test -Dgolden=write

vectors: ## run the conformance vectors, those in DIR when it is given (make vectors DIR=path)
	./mvnw -q -pl shared/protocol -am test -Dtest=VectorsTest -Dsurefire.failIfNoSpecifiedTests=false -Dvectors=$(DIR)

sim: ## simulate all of routing and write docs/simulation anew; look at the diff before you commit it
	./mvnw -q -B -pl shared/testkit -am test '-Dtest=Simulation*Test' -Dsurefire.failIfNoSpecifiedTests=false -Dsim=write

fuzz: ## feed the decoders damaged bytes for a minute each (one: make fuzz FUZZ=BytesFuzzTest\#scans_any_json)
	@for one in $(FUZZ); do echo "== $$one"; \
	  JAZZER_FUZZ=1 ./mvnw -B -pl shared/protocol,functions/runtime -am test "-Dtest=$$one" \
	    -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip '-Dtest.timeout=10 h' || exit 1; \
	done

auth: ## send a million hostile values in the place of a key through the whole gateway (make auth ROUNDS=5000000)
	./mvnw -q -B -pl shared/testkit -am test -Dtest=AuthFuzzTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dauth.fuzz=$(or $(ROUNDS),1000000)

bench: ## run the micro benchmarks (make bench ARGS="Sse -f 1 -wi 2 -i 3")
	./mvnw -B -q -pl bench -am verify -DskipTests -Dspotless.check.skip -Dbench.skip=false "-Dbench.args=$(ARGS)"

startup: ## measure how the function starts, write docs/benchmarks-startup.* (make startup ROUNDS=3); on Linux
	./mvnw -B -q -pl bench -am verify -DskipTests -Dspotless.check.skip -Dstartup.skip=false "-Dstartup.rounds=$(or $(ROUNDS),9)"

man: ## write the manual pages of all commands into cli/target/man
	./sluice man --into cli/target/man

pictures: ## take the pictures of docs/pictures anew from real runs (some: make pictures ONLY=explain); on Linux, with util-linux
	./sluice --version
	./mvnw -q -B -pl cli -am test -Dtest=PicturesTest -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip \
	  -Djacoco.skip -Dtest.timeout='10 m' -Dpictures=write -Donly=$(ONLY)

run: ## start the gateway on this machine
	./sluice start
