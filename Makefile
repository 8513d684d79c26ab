# Short names for the two commands of the README, and for what maintainers do.
.PHONY: site test soak bench lock sbom

site:            ## set up and build the site
	python3 build.py --setup

test:            ## set up and run every check
	python3 build.py test --setup

soak:            ## the long runs: fuzzing, kills, refused calls, edits; figures in docs/reliability.md
	python3 build.py test --setup --soak

bench: .venv/bin/python   ## our build beside Hugo, Eleventy, Pelican, MkDocs and Nikola; writes docs/benchmark.md (WITH="--sizes 200" for less)
	.venv/bin/python benchmarks/compare.py $(WITH)

.venv/bin/python:
	python3 build.py --setup

lock:            ## pin the dependencies of pyproject.toml anew, with hashes (needs uv)
	uv pip compile pyproject.toml --extra search --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -q -o requirements.txt
	uv pip compile pyproject.toml --extra search --extra test --extra font --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -q -o requirements-test.txt

sbom: .venv/bin/python   ## what is installed in .venv/, with versions and licences, as CycloneDX in sbom.json (needs uv)
	uv tool run --from cyclonedx-bom cyclonedx-py environment .venv/bin/python --pyproject pyproject.toml --output-reproducible --spec-version 1.6 -o sbom.json
