# shellcheck shell=bash
# Sourced by check and postroom: finds JDK 25 or newer and Maven 3.8.7 or newer. Works in bash 3.2 (macOS).

# The major version of the JDK in folder $1, or 0.
jdk_major() {
    local line version=0
    if [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
        while IFS= read -r line; do
            case $line in
                JAVA_VERSION=*) version=${line#*\"}; version=${version%%[!0-9]*} ;;
            esac
        done < "$1/release"
    fi
    printf '%s\n' "${version:-0}"
}

# Every folder that may hold a JDK, one a line, the most deliberate choice first.
jdk_candidates() {
    local java link folder
    [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
    if java=$(command -v java 2>/dev/null); then
        while [ -L "$java" ]; do
            link=$(readlink "$java")
            case $link in
                /*) java=$link ;;
                *) java=$(dirname "$java")/$link ;;
            esac
        done
        dirname "$(dirname "$java")"
    fi
    if [ -x /usr/libexec/java_home ]; then
        /usr/libexec/java_home -v 25+ 2>/dev/null || true
    fi
    for folder in \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* /usr/local/jdk* \
        /usr/local/openjdk* /usr/local/java/* \
        "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
        "$HOME"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /c/Program\ Files/Java/* /c/Program\ Files/Eclipse\ Adoptium/*; do
        [ ! -d "$folder" ] || printf '%s\n' "$folder"
    done
}

# Sets and exports JAVA_HOME; says how to get a JDK and returns 1 if there is none. 25 itself is preferred.
find_jdk() {
    local candidate major newer=
    while IFS= read -r candidate; do
        major=$(jdk_major "$candidate")
        if [ "$major" -eq 25 ]; then
            JAVA_HOME=$candidate
            export JAVA_HOME
            return 0
        fi
        if [ "$major" -gt 25 ] && [ -z "$newer" ]; then newer=$candidate; fi
    done <<CANDIDATES
$(jdk_candidates)
CANDIDATES
    if [ -n "$newer" ]; then
        JAVA_HOME=$newer
        export JAVA_HOME
        return 0
    fi
    cat >&2 <<'HOW'
Postroom needs JDK 25, and none was found in JAVA_HOME, on the PATH or in the usual folders. To get it:
  any system        https://adoptium.net/temurin/releases/?version=25 (unpack, then set JAVA_HOME to the folder)
  SDKMAN            sdk install java 25-tem
  Debian, Ubuntu    apt-get install openjdk-25-jdk-headless, where the release has it
  macOS             brew install openjdk@25
HOW
    return 1
}

# Prints an installed Maven 3.8.7 or newer, else the wrapper of the repository in $1.
find_maven() {
    local version major minor patch
    version=$(mvn -v 2>/dev/null </dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
    IFS=. read -r major minor patch <<VERSION
$version
VERSION
    if [ "${major:-0}" -gt 3 ] || {
        [ "${major:-0}" -eq 3 ] && [ $((${minor:-0} * 1000 + ${patch:-0})) -ge 8007 ]
    }; then
        printf 'mvn\n'
    else
        printf '%s/mvnw\n' "$1"
    fi
}
