# dlrecipe in a small image, without root:
#
#   docker build --tag dlrecipe .
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/work" dlrecipe train configs/digits.yaml
#
# With extras: docker build --build-arg EXTRAS=export,plot --tag dlrecipe .
FROM python:3.13-slim AS wheel
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY dlrecipe dlrecipe
RUN python -m pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim
ARG EXTRAS=""
# hadolint ignore=DL3013  # what is installed is the wheel of this very source
RUN --mount=type=bind,from=wheel,source=/wheels,target=/wheels \
    wheel=$(echo /wheels/*.whl) \
    && python -m pip install --no-cache-dir "${wheel}${EXTRAS:+[$EXTRAS]}" \
    && useradd --create-home --uid 1000 dlrecipe
# A user from outside has no home here: what needs one (caches of extras) finds a place to write.
ENV HOME=/tmp
USER 1000
WORKDIR /work
ENTRYPOINT ["dlrecipe"]
CMD ["--help"]
