# SPDX-License-Identifier: GPL-3.0-or-later
# What Tonglu needs from the system, and how it gets there; for app/run and tests/run to source.

packages_build=(libgtk-4-dev libadwaita-1-dev meson ninja-build gcc libc6-dev pkgconf gettext libxml2-utils
  libgtk-4-bin librsvg2-common fonts-noto-cjk desktop-file-utils appstream glib-networking adwaita-icon-theme
  gsettings-desktop-schemas libsqlite3-dev libsecret-1-dev libuchardet-dev libpcap-dev libgnutls28-dev libcrypt-dev)
packages_test=(xvfb xauth dbus at-spi2-core gir1.2-atspi-2.0 gir1.2-gdkpixbuf-2.0 python3 python3-gi xdotool x11-utils imagemagick locales openssl
  netcat-openbsd ncat socat procps curl lftp wget ncftp tshark python3-pyftpdlib python3-openssl)
# The FTP servers of the tests but pyftpdlib are unpacked by tests/servers/unpack.py and never installed: their packages start daemons.

# What to look for, and the line to type, where there is no apt-get. tests/run adds its own.
packages_commands=(meson ninja gcc pkg-config msgfmt glib-compile-resources)
packages_fedora="sudo dnf install gtk4-devel libadwaita-devel meson ninja-build gcc pkgconf-pkg-config gettext libxml2 librsvg2 google-noto-sans-cjk-fonts desktop-file-utils appstream glib-networking adwaita-icon-theme sqlite-devel libsecret-devel uchardet-devel libpcap-devel gnutls-devel libxcrypt-devel"
packages_arch="sudo pacman -S --needed gtk4 libadwaita glib2-devel meson ninja gcc pkgconf gettext libxml2 librsvg noto-fonts-cjk desktop-file-utils appstream glib-networking adwaita-icon-theme sqlite libsecret uchardet libpcap gnutls libxcrypt"

# say ENGLISH CHINESE: a sentence in the user's language, on standard error.
say () {
  case ${LANGUAGE:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
    zh*) printf '%s\n' "$2" >&2 ;;
    *) printf '%s\n' "$1" >&2 ;;
  esac
}

# packages_install NAME…: installs those that are missing; asks for root only when there are any.
packages_install () {
  local missing=() name
  if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    for name in "$@"; do
      dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Missing packages, to be installed now: ${missing[*]}" "缺少以下软件包，现在安装：${missing[*]}"
    local as_root=()
    local by_hand="apt-get install --no-install-recommends ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
      if ! command -v sudo >/dev/null; then
        say "Only root can install packages, and sudo is not there. As root, type:" "安装软件包需要 root 权限，而这里没有 sudo。请以 root 身份执行："
        printf '  %s\n' "$by_hand" >&2
        return 1
      fi
      as_root=(sudo)
    fi
    # One sudo for both, so that a password is asked for once.
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c '
        apt="apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0"
        $apt update
        exec $apt install -y --no-install-recommends "$@" </dev/null' sh "${missing[@]}" >&2; then
      say "The packages could not be installed; the reason is above. As root, type:" "软件包安装失败，原因见上。请以 root 身份执行："
      printf '  %s\n' "$by_hand" >&2
      return 1
    fi
    return 0
  fi

  # Elsewhere nothing is installed behind the user's back: what is missing is looked for, and the line to type is shown.
  local command
  for command in "${packages_commands[@]}"; do
    command -v "$command" >/dev/null || missing+=("$command")
  done
  command -v pkg-config >/dev/null && for name in gtk4 libadwaita-1 sqlite3 libsecret-1 uchardet gnutls; do
    pkg-config --exists "$name" || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "Missing: ${missing[*]}. Install them with:" "缺少：${missing[*]}。请用以下命令安装："
  if command -v dnf >/dev/null; then printf '  %s\n' "$packages_fedora" >&2
  elif command -v pacman >/dev/null; then printf '  %s\n' "$packages_arch" >&2
  else printf '  Debian/Ubuntu: sudo apt-get install %s\n  Fedora: %s\n  Arch: %s\n' "$*" "$packages_fedora" "$packages_arch" >&2; fi
  return 1
}

# What of a tree is compiled; empty: all.
packages_targets=()

# packages_build_tree SOURCE BUILD OPTION…: configures once, compiles; quiet unless something fails.
packages_build_tree () {
  local source=$1 build=$2 log
  shift 2
  log=$build.log
  mkdir -p "$(dirname "$build")"
  if [ ! -f "$build/build.ninja" ]; then
    say "Configuring…" "正在配置……"
    if ! meson setup "$build" "$source" "$@" >"$log" 2>&1; then
      cat "$log" >&2; rm -rf "$build"
      say "Configuring failed; the reason is above." "配置失败，原因见上。"
      return 1
    fi
  fi
  ninja -C "$build" -n "${packages_targets[@]}" 2>/dev/null | grep -q 'no work to do' || say "Building…" "正在编译……"
  if ! ninja -C "$build" -j "$(nproc)" "${packages_targets[@]}" >"$log" 2>&1; then
    cat "$log" >&2
    say "Building failed; the reason is above." "编译失败，原因见上。"
    return 1
  fi
}
