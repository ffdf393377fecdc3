"""The chain map 产业链图谱 as a sheet: one layout, many faces. See docs/maps.md."""
